import type { ReactNode } from "react";

/** One subject of the settings: a title, a sentence, what there is to change. */
export function FormPage({ title, note, action, children }: { title: string; note?: ReactNode; action?: ReactNode; children: ReactNode }) {
  return (
    <div className="max-w-[624px] px-8 py-5 max-phone:px-4">
      <header className="mb-5">
        <div className="flex items-center gap-4">
          <h1 className="grow text-xl font-strong">{title}</h1>
          {action}
        </div>
        {note && <p className="mt-1 text-text-2">{note}</p>}
      </header>
      <div className="flex flex-col gap-8">{children}</div>
    </div>
  );
}

/** A part of a page of the settings. */
export function FormPart({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section>
      <h2 className="font-strong">{title}</h2>
      {note && <p className="mt-0.5 mb-2 text-s text-text-3">{note}</p>}
      <div className="mt-2">{children}</div>
    </section>
  );
}

/** A row of a list in the settings: what it is, more about it, what can be done. */
export function ItemRow({
  mark,
  title,
  detail,
  children,
}: {
  mark?: ReactNode;
  title: ReactNode;
  detail?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <li className="flex min-h-11 items-center gap-3 border-b border-line-soft py-1.5">
      {mark}
      <div className="min-w-0 grow">
        <div className="truncate font-medium">{title}</div>
        {detail && <div className="text-s text-text-3 [overflow-wrap:anywhere]">{detail}</div>}
      </div>
      {children}
    </li>
  );
}
