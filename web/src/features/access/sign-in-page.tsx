import type { ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { ProductMark } from "../../shell/mark.tsx";

/** The place where one comes in: one column at the left third. */
export function SignInPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="relative flex h-full items-center overflow-x-clip overflow-y-auto bg-ground">
      <title>{`${title} · Throughline`}</title>
      <section className="relative mx-auto w-80 py-10 list:ms-[calc(33.3%-10rem)]">
        <ProductMark size={28} />
        <h1 className="mt-6 mb-5 text-xl font-strong">{title}</h1>
        {children}
      </section>
    </main>
  );
}

interface EnterButtonProps {
  busy: boolean;
  children: ReactNode;
}

/** The one button, where the line from the left edge arrives and goes on, dotted. */
export function EnterButton({ busy, children }: EnterButtonProps) {
  return (
    <div className="relative mt-1">
      <svg
        className="tl tl-main tl-draw pointer-events-none absolute end-full bottom-[calc(50%-1px)] rtl:-scale-x-100"
        width={1200}
        height={200}
        aria-hidden="true"
      >
        <path className="tl-path" d="M0 120H930C950 120 950 40 970 40H1046C1068 40 1068 199 1090 199H1192" />
        <circle className="tl-solid" cx={970} cy={40} r={4.5} />
        <circle className="tl-open [--tl-ground:var(--ground)]" cx={1090} cy={199} r={4.25} />
      </svg>
      <Button look="ink" type="submit" busy={busy} className="!h-9 w-full pointer-coarse:!h-11">
        {children}
      </Button>
      <svg
        className="tl tl-main pointer-events-none absolute start-full bottom-[calc(50%-1px)] rtl:-scale-x-100"
        width={2000}
        height={200}
        aria-hidden="true"
      >
        <path className="tl-next" d="M8 199H190C212 199 212 120 234 120H420C442 120 442 70 464 70H2000" />
      </svg>
    </div>
  );
}

/** What the hour calls for. */
export function greeting(hour: number): string {
  if (hour < 5) return "Good evening";
  if (hour < 12) return "Good morning";
  return hour < 18 ? "Good afternoon" : "Good evening";
}
