import { lazy, Suspense, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Card } from "../../../components/card.tsx";
import { settingsTexts } from "../../../texts/settings.ts";

const texts = settingsTexts.deleteAccount;

const DeleteAccountDialog = lazy(() =>
  import("./delete-account-dialog.tsx").then((part) => ({ default: part.DeleteAccountDialog })),
);

export function DeleteAccountCard() {
  const [asking, setAsking] = useState(false);
  return (
    <Card title={texts.title} description={texts.text}>
      <Button look="secondary" onClick={() => setAsking(true)}>
        {texts.button}
      </Button>
      {asking ? (
        <Suspense>
          <DeleteAccountDialog onClose={() => setAsking(false)} />
        </Suspense>
      ) : null}
    </Card>
  );
}
