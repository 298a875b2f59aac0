import { Clock, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

interface BannerProps {
  tone?: "neutral" | "poor" | "caution";
  children: ReactNode;
  action?: ReactNode;
}

const looks = {
  neutral: { ground: "bg-sunken", icon: <Info size={14} strokeWidth={1.75} className="text-text-2" aria-hidden="true" /> },
  poor: { ground: "bg-poor-wash", icon: <TriangleAlert size={14} strokeWidth={1.75} className="text-poor" aria-hidden="true" /> },
  caution: { ground: "bg-caution-wash", icon: <Clock size={14} strokeWidth={1.75} className="text-caution" aria-hidden="true" /> },
};

/** A sentence that must not be missed, where the work is. */
export function Banner({ tone = "neutral", children, action }: BannerProps) {
  const { ground, icon } = looks[tone];
  return (
    <div className={`flex items-start gap-2 rounded-m px-3 py-2 text-s text-text ${ground}`}>
      <span className="mt-px shrink-0">{icon}</span>
      <div className="grow">{children}</div>
      {action}
    </div>
  );
}
