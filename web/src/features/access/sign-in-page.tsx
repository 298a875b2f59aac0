import type { ReactNode } from "react";
import { ProductMark } from "../../shell/mark.tsx";

/** The place where one comes in: one column at the left third, and the line behind it to its button. */
export function SignInPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="relative flex h-full items-center overflow-auto bg-ground">
      <Line />
      <section className="relative mx-auto w-80 py-10 list:ms-[calc(33.3%-10rem)]">
        <ProductMark size={28} />
        <h1 className="mt-6 mb-5 text-xl font-strong">{title}</h1>
        {children}
      </section>
    </main>
  );
}

function Line() {
  return (
    <svg className="tl tl-main tl-draw absolute inset-0 size-full" viewBox="0 0 1440 900" preserveAspectRatio="none" aria-hidden="true">
      <path className="tl-path" vectorEffect="non-scaling-stroke" opacity={0.5} d="M0 330H120C150 330 150 258 180 258H300C330 258 330 420 360 420H400" />
      <path className="tl-path" vectorEffect="non-scaling-stroke" opacity={0.16} d="M400 420H560C600 420 600 600 640 600H700" />
      <path className="tl-next" vectorEffect="non-scaling-stroke" opacity={0.4} d="M700 600H860C900 600 900 500 940 500H1100C1140 500 1140 380 1180 380H1440" />
    </svg>
  );
}

/** What the hour calls for. */
export function greeting(hour: number): string {
  if (hour < 5) return "Good evening";
  if (hour < 12) return "Good morning";
  return hour < 18 ? "Good afternoon" : "Good evening";
}
