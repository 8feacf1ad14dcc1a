export type Status = "online" | "busy" | "offline";

export interface Agent {
  name: string;
  userId: number;
  limit: number;
  status: Status;
  /** Open workspaces on each instance. */
  tabs: [number, number];
  /** When they were last given a chat, in steps of the model's own time; 0 is never. */
  lastGiven: number;
}

export interface Chat {
  /** Place in the order of arrival. */
  arrival: number;
  status: "waiting" | "active" | "ended";
  agent: string | null;
  returned: boolean;
  /** Whom it must not go to next. */
  skip: string | null;
}

/**
 * What the queue should do, in so few lines that one can see that it is right: no database, no clock, one thing at a time.
 */
export class Model {
  readonly agents = new Map<string, Agent>();
  readonly chats: Chat[] = [];
  /** Raised by each giving. */
  time = 0;

  agent(name: string): Agent {
    const agent = this.agents.get(name);
    if (!agent) throw new Error(`no agent ${name}`);
    return agent;
  }

  isThere = (agent: Agent) => agent.tabs[0] + agent.tabs[1] > 0;
  load = (agent: Agent) => this.chats.filter((c) => c.status === "active" && c.agent === agent.name).length;
  hasRoom = (agent: Agent) => this.load(agent) < agent.limit;
  mayGet = (agent: Agent) => agent.status === "online" && this.isThere(agent) && this.hasRoom(agent);

  /** Those who wait, in the order in which they should be served. */
  queue(): Chat[] {
    return this.chats
      .filter((c) => c.status === "waiting")
      .sort((a, b) => Number(b.returned) - Number(a.returned) || a.arrival - b.arrival);
  }

  start(): Chat {
    const chat: Chat = { arrival: this.chats.length, status: "waiting", agent: null, returned: false, skip: null };
    this.chats.push(chat);
    this.serve();
    return chat;
  }

  give(chat: Chat, agent: Agent) {
    Object.assign(chat, { status: "active", agent: agent.name, returned: false, skip: null });
    agent.lastGiven = ++this.time;
  }

  giveBack(chat: Chat, skip: string | null) {
    Object.assign(chat, { status: "waiting", agent: null, returned: true, skip });
  }

  end(chat: Chat) {
    chat.status = "ended";
    this.serve();
  }

  /** The grace of everybody who is gone is over. */
  graceEnds() {
    for (const chat of this.chats) {
      if (chat.status === "active" && !this.isThere(this.agent(chat.agent ?? ""))) this.giveBack(chat, null);
    }
    this.serve();
  }

  /** The first that somebody may have, to the least loaded, ties to who has waited longest for one. */
  serve() {
    for (;;) {
      const fit = [...this.agents.values()].filter(this.mayGet);
      const chat = this.queue().find((c) => fit.some((a) => a.name !== c.skip));
      if (!chat) return;
      const [best] = fit
        .filter((a) => a.name !== chat.skip)
        .sort((a, b) => this.load(a) - this.load(b) || a.lastGiven - b.lastGiven || a.userId - b.userId);
      if (best) this.give(chat, best);
    }
  }
}
