import { createContext, useContext } from "react";

/** The page's CSP nonce; known while the server renders, and empty in the browser, which hides it anyway. */
export const NonceContext = createContext<string | undefined>(undefined);

export const useNonce = () => useContext(NonceContext);
