import {
  ArrowLeftRight,
  CheckCheck,
  CreditCard,
  Flag,
  Gift,
  GitCompareArrows,
  type LucideIcon,
  Mail,
  Pencil,
  Radio,
  RefreshCw,
  ShieldCheck,
  ShoppingCart,
  Star,
  Undo2,
  UserRound,
} from "lucide-react";
import type { TimelineKind } from "./hooks.ts";

/** The mark of each kind of step. */
export const KIND_ICONS: Record<TimelineKind, LucideIcon> = {
  account: UserRound,
  checkout: ShoppingCart,
  payment: CreditCard,
  event: ArrowLeftRight,
  sync: RefreshCw,
  change: Pencil,
  push: Radio,
  ack: CheckCheck,
  grant: Gift,
  xp: Star,
  flag: Flag,
  drift: GitCompareArrows,
  withdrawal: Undo2,
  mail: Mail,
  admin: ShieldCheck,
};
