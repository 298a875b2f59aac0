import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { FormEvent } from "react";
import { Refusal } from "../../../../sdk/index.ts";
import { postAuth } from "../../shell/api.ts";
import { Field } from "../../ui/field.tsx";
import { EnterButton, greeting, SignInPage } from "./sign-in-page.tsx";

/** Email and password, then the code of an authenticator when the member has one. */
export function SignIn() {
  const client = useQueryClient();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [step, setStep] = useState<"password" | "code">("password");
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setWrong(null);
    try {
      const told = await postAuth("sign-in/email", { email, password });
      if (asksForCode(told)) setStep("code");
      else await client.invalidateQueries({ queryKey: ["session"] });
    } catch (error) {
      setWrong(whyNot(error));
    }
    setBusy(false);
  }

  if (step === "code") return <CodeStep />;
  return (
    <SignInPage title={greeting(new Date().getHours())}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field
          label="Email"
          type="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <Field
          label="Password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          wrong={wrong}
          onChange={(event) => setPassword(event.target.value)}
        />
        <EnterButton busy={busy}>Sign in</EnterButton>
      </form>
      <p className="mt-6 text-s text-text-3">Forgotten it? An owner or admin of your workspace can invite you anew.</p>
    </SignInPage>
  );
}

function CodeStep() {
  const client = useQueryClient();
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    const digits = code.replace(/\s/gu, "");
    try {
      await postAuth(/^\d{6}$/u.test(digits) ? "two-factor/verify-totp" : "two-factor/verify-backup-code", { code: digits });
      await client.invalidateQueries({ queryKey: ["session"] });
    } catch {
      setWrong("That code does not fit. Take the one your authenticator shows now, or a backup code.");
    }
    setBusy(false);
  }

  return (
    <SignInPage title="Your code">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field
          label="Code of your authenticator"
          hint="Six digits. A backup code works too."
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          autoFocus
          value={code}
          wrong={wrong}
          onChange={(event) => setCode(event.target.value)}
        />
        <EnterButton busy={busy}>Sign in</EnterButton>
      </form>
    </SignInPage>
  );
}

function asksForCode(told: unknown): boolean {
  return typeof told === "object" && told !== null && "twoFactorRedirect" in told && told.twoFactorRedirect === true;
}

function whyNot(error: unknown): string {
  if (!(error instanceof Refusal)) return "The server did not answer as expected. Try again.";
  if (error.status === 0) return "The server did not answer. Check your connection and try again.";
  if (error.status === 429) return "Too many tries. Wait a minute, then try again.";
  return error.status === 401 || error.status === 400 ? "That email and password do not belong together." : error.message;
}
