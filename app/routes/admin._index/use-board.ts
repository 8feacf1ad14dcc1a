import { useRevalidator } from "@remix-run/react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { BoardStats } from "~/chat/shapes";
import { openBoard, type Board, type BoardSnapshot } from "~/realtime/client/board";
import { openSocket } from "~/realtime/client/socket";
import { useStore } from "~/realtime/client/use-store";

/** The figures of the page, then live. */
export function useBoard(initial: BoardStats): BoardSnapshot {
  const [board, setBoard] = useState<Board | null>(null);
  const { revalidate } = useRevalidator();
  const page = useMemo<BoardSnapshot>(() => ({ ...initial, connection: "connecting" }), [initial]);
  useEffect(() => {
    // A sign-in that has ended leads to the form, and back to here.
    const socket = openSocket({ path: "/ws/admin", onSignedOut: revalidate });
    const opened = openBoard({ socket, initial });
    setBoard(opened);
    return () => {
      setBoard(null);
      opened.close();
      socket.close();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- opened once: from then on the socket keeps the figures
  }, []);
  const live = useStore(board, page);
  useNewQueue(`${live.waiting} ${live.longestWaitSince} ${live.active} ${live.startedToday}`, revalidate);
  return live;
}

const PAUSE_MS = 1_000;

/** The figures say that the queue is another; who stands in it is read from the page again, at most once a second. */
function useNewQueue(figures: string, revalidate: () => void) {
  const shown = useRef(figures);
  useEffect(() => {
    if (shown.current === figures) return;
    const timer = setTimeout(() => {
      shown.current = figures;
      revalidate();
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [figures, revalidate]);
}
