import { ackOf, frameOf, rowOf } from "./frames.ts";
import { openRooms } from "./rooms.ts";

/** (a) The least that a chat could do: the same frames to the same sockets, no database, nothing kept. */
let seq = 0;
const rooms = openRooms((socket, sent, requestId) => {
  const stored = { seq: ++seq, createdAt: new Date().toISOString() };
  rooms.tell(sent.sessionId, frameOf("chat:message", rowOf(sent, stored)));
  socket.send(frameOf("message:sent", ackOf(sent, stored), requestId));
});
