/**
 * A Content-Disposition that shows a file in place, under the name it came with (RFC 6266, RFC 8187). Names are typed by
 * anybody: what could end the header, or lead anywhere on a disk, is replaced.
 */
export function contentDisposition(filename: string): string {
  const safe = filename.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\:*?"<>|]/gu, "_");
  const plain = safe.replaceAll(/[^\x20-\x7e]|%/g, "_");
  return `inline; filename="${plain}"; filename*=UTF-8''${encode(safe)}`;
}

const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
