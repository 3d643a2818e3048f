/**
 * How many VMs hold the processes of several services: first fit, largest first, by CPU and memory,
 * as an operator would place them by hand. The operating system's CPU is taken from every VM once.
 */

export interface Process {
  /** Millicores and bytes that it may use. */
  readonly cpu: number;
  readonly memory: number;
  readonly count: number;
}

export interface Room {
  readonly cpu: number;
  readonly memory: number;
}

/** Every process fits into an empty VM: `parse` has seen to it. */
export function packProcesses(processes: readonly Process[], vm: Room): number {
  const size = ({ cpu, memory }: Process) => Math.max(cpu / vm.cpu, memory / vm.memory);
  const rooms: { cpu: number; memory: number }[] = [];
  for (const kind of [...processes].sort((a, b) => size(b) - size(a))) {
    // Rooms only fill up: the next process of the same kind need not look at those before.
    let at = 0;
    for (let i = 0; i < kind.count; i++) {
      while (at < rooms.length && !holds(rooms[at], kind)) at++;
      if (at === rooms.length) rooms.push({ cpu: vm.cpu, memory: vm.memory });
      rooms[at].cpu -= kind.cpu;
      rooms[at].memory -= kind.memory;
    }
  }
  return rooms.length;
}

function holds(room: Room, { cpu, memory }: Process): boolean {
  return room.cpu >= cpu && room.memory >= memory;
}
