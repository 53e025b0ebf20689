import { CircleCheck } from "lucide-react";
import { createRoot } from "react-dom/client";
import { Toaster, toast } from "sonner";

let ready: Promise<void> | null = null;

/** The toasts live beside the app, so that no page change takes one away. */
function mountOnce(): Promise<void> {
  ready ??= new Promise((resolve) => {
    const host = document.body.appendChild(document.createElement("div"));
    createRoot(host).render(
      <Toaster
        // Below stand the composer and its Send.
        position="top-right"
        mobileOffset={{ top: "max(0.75rem, env(safe-area-inset-top))" }}
        theme="system"
        icons={{ success: <CircleCheck aria-hidden="true" className="size-5 text-accent" /> }}
        toastOptions={{
          duration: 8000,
          unstyled: true,
          classNames: {
            toast:
              "flex w-full items-center gap-3 rounded-md border border-line bg-surface p-4 text-text shadow-lift font-sans text-base",
            title: "font-medium",
          },
        }}
      />,
    );
    // A live region has to stand before its first words are put into it, or nobody hears them.
    setTimeout(resolve, 120);
  });
  return ready;
}

export async function pushToast(message: string): Promise<void> {
  await mountOnce();
  toast.success(message);
}
