import { BrandMark } from "../../../components/brand.tsx";
import { landingTexts } from "../../../texts/landing.ts";
import { PlantPhoto } from "./plant-photo.tsx";

const { preview } = landingTexts;

/** Shows the thing itself: a question with a photo, and its answer. */
export function Preview() {
  return (
    <figure
      aria-label={preview.label}
      className="rounded-md border border-line bg-surface p-4 shadow-lift sm:p-6 lg:rotate-1"
    >
      <div className="ml-auto w-fit max-w-[85%]">
        <div className="overflow-hidden rounded-md">
          <PlantPhoto label={preview.photo} />
        </div>
        <p className="mt-2 ml-auto w-fit rounded-md bg-accent px-4 py-2.5 text-on-accent">
          {preview.question}
        </p>
      </div>
      <div className="mt-5 flex gap-3">
        <BrandMark className="mt-0.5 size-7" />
        <div>
          <p>{preview.answer}</p>
          <ol className="mt-3 grid gap-1.5 text-small text-muted">
            {preview.steps.map((step, index) => (
              <li key={step} className="flex gap-2.5">
                <span className="grid size-5 shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-accent tabular-nums">
                  {index + 1}
                </span>
                {step}
              </li>
            ))}
          </ol>
        </div>
      </div>
    </figure>
  );
}
