import { useRevalidator } from "@remix-run/react";
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { openSocket } from "~/realtime/client/socket";
import { useStore } from "~/realtime/client/use-store";
import { openWorkspace, type Workspace, type WorkspaceSnapshot } from "~/realtime/client/workspace";
import { watchTyping } from "./typing-chats";

interface Live {
  workspace: Workspace;
  typing: ReturnType<typeof watchTyping>;
}

const LiveContext = createContext<Live | null>(null);
const PageContext = createContext<WorkspaceSnapshot | null>(null);
const NOBODY: ReadonlySet<string> = new Set();

/** One socket for the whole workspace. Until it is open, and without scripts, the lists are those of the page. */
export function WorkspaceProvider({ lists, me, children }: { lists: Lists; me: number; children: ReactNode }) {
  const [live, setLive] = useState<Live | null>(null);
  const { revalidate } = useRevalidator();
  const page = useMemo<WorkspaceSnapshot>(() => ({ ...lists, connection: "connecting", left: [] }), [lists]);

  useEffect(() => {
    // A sign-in that has ended leads to the form, and back to here.
    const socket = openSocket({ path: "/ws/cs", onSignedOut: revalidate });
    const workspace = openWorkspace({ socket, initial: lists, me });
    const typing = watchTyping(socket);
    setLive({ workspace, typing });
    return () => {
      setLive(null);
      typing.stop();
      workspace.close();
      socket.close();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- opened once: from then on the socket keeps the lists
  }, [me]);

  return (
    <PageContext.Provider value={page}>
      <LiveContext.Provider value={live}>{children}</LiveContext.Provider>
    </PageContext.Provider>
  );
}

type Lists = Omit<WorkspaceSnapshot, "connection" | "left">;

/** The lists, live. */
export function useWorkspace(): WorkspaceSnapshot {
  const live = useContext(LiveContext);
  const page = useContext(PageContext);
  const snapshot = useStore(live?.workspace, page);
  if (!snapshot) throw new Error("useWorkspace needs a WorkspaceProvider around it");
  return snapshot;
}

/** The ids of the chats whose customer is typing. */
export function useTypingChats(): ReadonlySet<string> {
  return useStore(useContext(LiveContext)?.typing, NOBODY);
}

/** Null before scripts run: forms do the work then. */
export function useLiveWorkspace(): Workspace | null {
  return useContext(LiveContext)?.workspace ?? null;
}
