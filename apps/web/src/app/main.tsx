import "./styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { AuthProvider } from "../features/account/auth-context.tsx";
import { Entrance } from "./entrance.tsx";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <AuthProvider>
        <Entrance />
      </AuthProvider>
    </StrictMode>,
  );
}
