import { useRevalidator } from "@remix-run/react";
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode, useSyncExternalStore } from "react";
import { openSocket } from "~/realtime/client/socket";
import { useStore } from "~/realtime/client/use-store";
import { openWorkspace, type Workspace, type WorkspaceSnapshot } from "~/realtime/client/workspace";
import { watchTyping } from "./typing-chats";
import { watchViewers, type Viewer } from "./viewers";

interface Live {
  workspace: Workspace;
  typing: ReturnType<typeof watchTyping>;
  viewers: ReturnType<typeof watchViewers>;
}

export interface Me {
  userId: number;
  name: string;
  role: "admin" | "cs";
  /** May read the chats of colleagues. */
  seesAll: boolean;
}

const LiveContext = createContext<Live | null>(null);
const MeContext = createContext<Me | null>(null);
const PageContext = createContext<WorkspaceSnapshot | null>(null);
const NOBODY: ReadonlySet<string> = new Set();
const ALONE: ReadonlyMap<string, readonly Viewer[]> = new Map();
const NO_VIEWERS: readonly Viewer[] = [];

/** One socket for the whole workspace. Until it is open, and without scripts, the lists are those of the page. */
export function WorkspaceProvider({ lists, me, children }: { lists: Lists; me: Me; children: ReactNode }) {
  const [live, setLive] = useState<Live | null>(null);
  const { revalidate } = useRevalidator();
  const page = useMemo<WorkspaceSnapshot>(() => ({ ...lists, connection: "connecting", left: [] }), [lists]);

  useEffect(() => {
    // A sign-in that has ended leads to the form, and back to here.
    const socket = openSocket({ path: "/ws/cs", onSignedOut: revalidate });
    const workspace = openWorkspace({ socket, initial: lists, me: me.userId });
    const typing = watchTyping(socket);
    const viewers = watchViewers(socket);
    setLive({ workspace, typing, viewers });
    return () => {
      setLive(null);
      viewers.stop();
      typing.stop();
      workspace.close();
      socket.close();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- opened once: from then on the socket keeps the lists
  }, [me.userId]);

  return (
    <MeContext.Provider value={me}>
      <PageContext.Provider value={page}>
        <LiveContext.Provider value={live}>{children}</LiveContext.Provider>
      </PageContext.Provider>
    </MeContext.Provider>
  );
}

type Lists = Omit<WorkspaceSnapshot, "connection" | "left">;

/** What `pick` takes from the lists, live: drawn again only when that is something else. */
export function useWorkspace<T>(pick: (lists: WorkspaceSnapshot) => T): T {
  const workspace = useContext(LiveContext)?.workspace;
  const page = inside(useContext(PageContext));
  const read = () => pick(workspace ? workspace.getSnapshot() : page);
  return useSyncExternalStore(workspace ? workspace.subscribe : never, read, read);
}

const never = () => () => {};

export const useMe = () => inside(useContext(MeContext));

function inside<T>(value: T | null): T {
  if (!value) throw new Error("this needs a WorkspaceProvider around it");
  return value;
}

/** The ids of the chats whose customer is typing. */
export function useTypingChats(): ReadonlySet<string> {
  return useStore(useContext(LiveContext)?.typing, NOBODY);
}

/** Colleagues who have this chat open too; from now on they see that it is open here. */
export function useViewers(chatId: string): readonly Viewer[] {
  const viewers = useContext(LiveContext)?.viewers;
  useEffect(() => {
    if (!viewers) return;
    const look = () => viewers.look(document.visibilityState === "visible" ? chatId : null);
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      viewers.look(null);
    };
  }, [viewers, chatId]);
  return useStore(viewers, ALONE).get(chatId) ?? NO_VIEWERS;
}

/** Null before scripts run: forms do the work then. */
export function useLiveWorkspace(): Workspace | null {
  return useContext(LiveContext)?.workspace ?? null;
}
