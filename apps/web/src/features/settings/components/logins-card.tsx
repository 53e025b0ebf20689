import type { Login } from "@liveassist/api/contract";
import { Monitor, Smartphone } from "lucide-react";
import { Button } from "../../../components/button.tsx";
import { Card } from "../../../components/card.tsx";
import { Notice } from "../../../components/notice.tsx";
import { Skeleton } from "../../../components/skeleton.tsx";
import { failureOf } from "../../../lib/failure.ts";
import { formats } from "../../../lib/format.ts";
import { words } from "../../../texts/everywhere.ts";
import { failureText } from "../../../texts/failures.ts";
import { settingsTexts } from "../../../texts/settings.ts";
import { deviceIn } from "../device-name.ts";
import { useEndLogin, useLogins } from "../hooks.ts";

const texts = settingsTexts.logins;

export function LoginsCard() {
  const logins = useLogins();
  return (
    <Card title={texts.title} description={texts.description}>
      {logins.data ? (
        <ul className="grid gap-4">
          {logins.data.map((login) => (
            <LoginRow key={login.id} login={login} />
          ))}
        </ul>
      ) : logins.error ? (
        <Notice
          tone="problem"
          title={texts.failed}
          actions={<Button onClick={() => void logins.refetch()}>{words.retry}</Button>}
        >
          {failureText(failureOf(logins.error)).text}
        </Notice>
      ) : (
        <Skeleton className="h-12 w-full" />
      )}
    </Card>
  );
}

function LoginRow({ login }: { login: Login }) {
  const ending = useEndLogin(login.id);
  const device = deviceIn(login.user_agent);
  const name = device
    ? device.system
      ? texts.on(device.browser, device.system)
      : device.browser
    : texts.unknownDevice;
  const Icon = /iPhone|Android/.test(name) ? Smartphone : Monitor;
  return (
    <li>
      <div className="flex items-center gap-3">
        <Icon aria-hidden="true" className="size-5 shrink-0 text-muted" strokeWidth={1.75} />
        <div className="min-w-0 flex-1">
          <p className="font-medium">{name}</p>
          <p className="text-small text-muted tabular-nums">
            {texts.active(formats.dateTime(login.last_active_at))}
            {login.ip_address ? ` · ${login.ip_address}` : ""}
          </p>
        </div>
        {login.current ? (
          <span className="text-small whitespace-nowrap text-accent">{texts.current}</span>
        ) : (
          <Button look="secondary" busy={ending.busy} onClick={ending.end} aria-label={texts.endNamed(name)}>
            {ending.busy ? texts.ending : texts.end}
          </Button>
        )}
      </div>
      {ending.failure ? (
        <p role="alert" className="mt-1 text-small text-danger">
          {failureText(ending.failure).title}. {failureText(ending.failure).text}
        </p>
      ) : null}
    </li>
  );
}
