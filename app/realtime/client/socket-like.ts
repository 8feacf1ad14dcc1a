/** What the browser's WebSocket and the one of the `ws` package have in common, as far as it is used here. */
export interface SocketLike {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(text: string): void;
  close(code?: number): void;
  /** `ws` only: without the closing handshake, which a dead peer would not answer. */
  terminate?(): void;
}

export type SocketClass = new (url: string, options?: never) => SocketLike;

export interface Wire {
  send(text: string): void;
  /** Ends without a word to onClosed; `politely` waits for the peer's goodbye, which a dead one never says. */
  end(politely?: boolean): void;
}

interface WireHandlers {
  onOpen(): void;
  onText(text: string): void;
  onClosed(code: number): void;
}

const NEVER_OPENED: Wire = { send() {}, end() {} };

/** One connection, once. Headers are for programs: a browser has cookies instead, and refuses them. */
export function openWire(
  SocketClass: SocketClass,
  url: string,
  headers: Record<string, string> | undefined,
  { onOpen, onText, onClosed }: WireHandlers,
): Wire {
  let socket: SocketLike;
  try {
    socket = headers ? new SocketClass(url, { headers } as never) : new SocketClass(url);
  } catch {
    // A browser throws when the page's own policy forbids the address.
    setTimeout(onClosed, 0, 1006);
    return NEVER_OPENED;
  }
  let ended = false;
  socket.onopen = () => ended || onOpen();
  socket.onmessage = ({ data }: { data: unknown }) => ended || onText(String(data));
  socket.onclose = ({ code }: { code: number }) => {
    if (ended) return;
    ended = true;
    onClosed(code);
  };
  // A close follows every error; without a handler, `ws` would throw.
  socket.onerror = () => {};
  return {
    send: (text) => socket.send(text),
    end(politely = false) {
      ended = true;
      if (socket.terminate && !politely) socket.terminate();
      else socket.close(1000);
    },
  };
}
