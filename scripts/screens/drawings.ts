import type { Page } from "playwright-core";

const plant = `
<rect width="800" height="600" fill="#e9e4d6"/><rect y="440" width="800" height="160" fill="#cdbb9a"/>
<rect x="60" y="40" width="300" height="340" rx="8" fill="#d3e2e6"/><path d="M210 40v340M60 210h300" stroke="#f6f3ea" stroke-width="12"/>
<path d="M360 430h170l-22 130a16 16 0 0 1-16 13h-94a16 16 0 0 1-16-13z" fill="#b4654a"/><rect x="348" y="408" width="194" height="44" rx="8" fill="#c4775b"/>
<path d="M445 410C430 300 380 250 330 220M445 410c10-120 60-180 130-210M445 410c0-120 0-200 10-290" fill="none" stroke="#5d7a4a" stroke-width="9"/>
<path d="M335 225c-70-10-110 20-130 80 70 10 120-10 130-80z" fill="#7fa05c"/><path d="M205 305c-6-30 8-58 40-72 10 24 0 52-40 72z" fill="#d9bf4c"/>
<path d="M575 200c70-30 130-10 160 50-70 40-140 20-160-50z" fill="#6b9150"/><path d="M735 250c-40 22-84 20-112 0 34-26 80-30 112 0z" fill="#dcc352"/>
<path d="M455 120c-50-40-50-90 0-120 50 30 60 80 0 120z" fill="#86a862"/><path d="M455 0c24 16 34 38 30 62-24-6-40-30-30-62z" fill="#d9bf4c"/>`;

const washer = `
<rect width="800" height="600" fill="#dfe3e4"/><rect x="150" y="40" width="500" height="540" rx="18" fill="#f7f7f4"/>
<rect x="150" y="40" width="500" height="110" rx="18" fill="#e7e8e6"/><rect x="430" y="66" width="180" height="60" rx="8" fill="#20302b"/>
<text x="520" y="112" font-family="monospace" font-size="46" font-weight="700" text-anchor="middle" fill="#f2a23a">E18</text>
<circle cx="230" cy="96" r="32" fill="#cfd3d1"/><path d="M230 96V70" stroke="#59635f" stroke-width="7"/>
<circle cx="400" cy="360" r="165" fill="#c9cfce"/><circle cx="400" cy="360" r="128" fill="#34474f"/>
<path d="M280 400c60-40 90 30 140 0s70-20 100 0a128 128 0 0 1-240 0z" fill="#7fa9b8"/>`;

const bike = `
<rect width="800" height="600" fill="#d8dccf"/><rect y="470" width="800" height="130" fill="#b9b7a6"/>
<circle cx="230" cy="390" r="130" fill="none" stroke="#2c2f30" stroke-width="16"/><circle cx="590" cy="390" r="130" fill="none" stroke="#2c2f30" stroke-width="16"/>
<path d="M230 390l90-190h200l70 190M320 200l90 190h-180M410 390l110-190" fill="none" stroke="#1f6f54" stroke-width="16" stroke-linejoin="round"/>
<path d="M520 200l-14-50h60M290 170h70" fill="none" stroke="#2c2f30" stroke-width="14" stroke-linecap="round"/><circle cx="410" cy="390" r="34" fill="#8a8f8d"/>`;

const shelf = `
<rect width="600" height="800" fill="#e8ddcf"/><rect x="70" y="250" width="460" height="26" fill="#9a6b43"/><rect x="70" y="530" width="460" height="26" fill="#9a6b43"/>
<path d="M120 276v70M480 276v70M120 556v70M480 556v70" stroke="#5b5751" stroke-width="12"/>
<rect x="100" y="110" width="50" height="140" fill="#38554a"/><rect x="156" y="90" width="42" height="160" fill="#b5553c"/><rect x="204" y="130" width="60" height="120" fill="#d9b44a"/>
<path d="M380 250c-40-60-30-120 20-150 50 30 60 90 20 150z" fill="#7d9b6a"/><circle cx="190" cy="480" r="50" fill="#c9cfd0"/><rect x="320" y="400" width="150" height="130" rx="6" fill="#f4efe6"/><path d="M320 500l50-50 40 36 30-24 30 38z" fill="#86a862"/>`;

/** What is shown where people would show photos: nobody's, and small once compressed. */
export const DRAWINGS = {
  plant: { svg: plant, width: 800, height: 600 },
  washer: { svg: washer, width: 800, height: 600 },
  bike: { svg: bike, width: 800, height: 600 },
  shelf: { svg: shelf, width: 600, height: 800 },
};
export type Drawing = keyof typeof DRAWINGS;

/** The drawing as a file of its own. */
export function svgOf(name: Drawing): string {
  const { svg, width, height } = DRAWINGS[name];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${svg}</svg>`;
}

/** The drawing as a picture to upload; `page` must not be in use yet. */
export async function photoOf(
  page: Page,
  name: Drawing,
): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const { width, height } = DRAWINGS[name];
  const shown = page.viewportSize();
  await page.setViewportSize({ width, height });
  await page.setContent(`<body style="margin:0">${svgOf(name)}</body>`);
  const buffer = await page.screenshot();
  if (shown) await page.setViewportSize(shown);
  return { name: `${name}.png`, mimeType: "image/png", buffer };
}
