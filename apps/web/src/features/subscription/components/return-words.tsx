import { Button } from "../../../components/button.tsx";
import { CopyableId } from "../../../components/copyable-id.tsx";
import { Notice } from "../../../components/notice.tsx";
import { words } from "../../../texts/everywhere.ts";
import { failureText } from "../../../texts/failures.ts";
import { subscriptionDetails } from "../../../texts/subscription-details.ts";
import { useSubscription } from "../subscription-context.tsx";

const texts = subscriptionDetails.returned;

/** What is said to whoever comes back from the payment page; loaded only then. */
export function ReturnWords() {
  const { checkoutReturn, standing } = useSubscription();
  const { phase, sessionId, retry, dismiss } = checkoutReturn;
  if (phase.kind === "none") return null;
  const away = { label: words.dismiss, onPress: dismiss };
  const supportId = sessionId ? <CopyableId label={texts.supportId} id={sessionId} /> : null;
  return <div className="mb-6">{notice()}</div>;

  function notice() {
    switch (phase.kind) {
      case "none":
        return null;
      case "confirming":
        return (
          <Notice tone="busy" title={texts.confirming}>
            {texts.confirmingText}
          </Notice>
        );
      case "finishing":
        return (
          <Notice tone="busy" title={texts.finishing}>
            <p>{texts.finishingText}</p>
            {supportId}
          </Notice>
        );
      case "active":
        return (
          <Notice
            tone="good"
            title={standing?.kind === "trial" ? texts.activeTrial : texts.active}
            dismiss={away}
          >
            {texts.activeText}
          </Notice>
        );
      case "cancelled":
        return (
          <Notice tone="calm" title={texts.cancelled} dismiss={away}>
            {texts.cancelledText}
          </Notice>
        );
      case "not-found":
        return (
          <Notice tone="calm" title={texts.notFound} dismiss={away}>
            {texts.notFoundText}
          </Notice>
        );
      case "failed":
        return (
          <Notice
            tone="problem"
            title={failureText(phase.failure).title}
            actions={<Button onClick={retry}>{words.retry}</Button>}
          >
            <p>{texts.failedText}</p>
            {supportId}
          </Notice>
        );
    }
  }
}
