import {
  Bike,
  Bug,
  Calculator,
  Hammer,
  Languages,
  type LucideIcon,
  ReceiptText,
  Refrigerator,
  Shirt,
  Sprout,
  WashingMachine,
} from "lucide-react";
import type { StarterId } from "../../texts/quickfix.ts";

export const STARTER_ICONS: Record<StarterId, LucideIcon> = {
  error: Bug,
  appliance: WashingMachine,
  plant: Sprout,
  bike: Bike,
  bill: ReceiptText,
  stain: Shirt,
  wall: Hammer,
  fridge: Refrigerator,
  maths: Calculator,
  sign: Languages,
};
