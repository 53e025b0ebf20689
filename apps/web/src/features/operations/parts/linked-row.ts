import { createContext } from "react";

/** Whether what is shown stands in a row of a list that is a link itself. */
export const LinkedRow = createContext(false);
