import { Button, type ButtonProps } from "../../../components/button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { trpc } from "../../../lib/trpc.ts";
import { subscriptionDetails } from "../../../texts/subscription-details.ts";
import { useLeaveFor } from "../use-leave-for.ts";

const texts = subscriptionDetails.card;

interface PortalButtonProps {
  label: string;
  /** What it is called where its label alone says too little. */
  name?: string;
  look: NonNullable<ButtonProps["look"]>;
  wide?: boolean;
}

/** Leads to the payment service's own page for card, receipts and open payments. */
export function PortalButton({ label, name, look, wide = false }: PortalButtonProps) {
  const { client } = trpc.useUtils();
  const leaving = useLeaveFor(() => client.subscription.portal.mutate());
  return (
    <>
      <Button
        look={look}
        wide={wide}
        busy={leaving.busy}
        onClick={leaving.go}
        aria-label={leaving.busy ? undefined : name}
      >
        {leaving.busy ? texts.opening : label}
      </Button>
      {leaving.failure ? (
        <div className="basis-full">
          <Notice tone="problem" title={texts.portalFailed}>
            {texts.portalFailedText}
          </Notice>
        </div>
      ) : null}
    </>
  );
}
