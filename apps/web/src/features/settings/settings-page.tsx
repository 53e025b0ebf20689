import { PageHeading } from "../../components/page-heading.tsx";
import { settingsTexts } from "../../texts/settings.ts";
import { PaymentCard } from "../subscription/components/payment-card.tsx";
import { SubscriptionCard } from "../subscription/components/subscription-card.tsx";
import { DeleteAccountCard } from "./components/delete-account-card.tsx";
import { DownloadDataCard } from "./components/download-data-card.tsx";
import { LoginsCard } from "./components/logins-card.tsx";
import { PasswordCard } from "./components/password-card.tsx";
import { ProfileCard } from "./components/profile-card.tsx";
import { SignOutCard } from "./components/sign-out-card.tsx";

export function SettingsPage() {
  return (
    <>
      <PageHeading tab={settingsTexts.tab} title={settingsTexts.title} />
      <div className="grid gap-5">
        <SubscriptionCard />
        <PaymentCard />
        <ProfileCard />
        <PasswordCard />
        <LoginsCard />
        <SignOutCard />
        <DownloadDataCard />
        <DeleteAccountCard />
      </div>
    </>
  );
}
