import { Button, type ButtonProps } from "../../../components/button.tsx";

/** A button in a row of a list: as low as the row where there is a mouse. */
export const RowButton = (props: ButtonProps) => (
  <Button
    look="secondary"
    {...props}
    className="min-h-9! px-3! py-1! whitespace-nowrap pointer-coarse:min-h-11!"
  />
);
