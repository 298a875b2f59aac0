import { Globe, Mail, MessageCircle, MessageSquare, Phone, Smartphone, Star, Store, Truck, Users } from "lucide-react";
import type { LucideIcon } from "lucide-react";

const icons: Record<string, LucideIcon> = {
  email: Mail,
  chat: MessageCircle,
  sms: MessageSquare,
  phone: Phone,
  web: Globe,
  app: Smartphone,
  social: Users,
  "in-person": Store,
  delivery: Truck,
  review: Star,
};

/** How something travelled. */
export function ChannelIcon({ channel, size = 15 }: { channel: string | null; size?: number }) {
  const Icon = icons[channel ?? ""] ?? Globe;
  return (
    <span className="shrink-0 text-text-3" role="img" aria-label={channel ?? "other"}>
      <Icon size={size} strokeWidth={1.75} aria-hidden="true" />
    </span>
  );
}
