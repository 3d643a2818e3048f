/**
 * Erlang's two formulas, by the recursion over the number of servers: no factorials, no powers,
 * only + − × ÷, so that the results have the same bits on every engine and stay exact for thousands
 * of servers. `load` is the offered load in erlangs: arrival rate × mean service time.
 *
 * @source A. K. Erlang, “Solution of some problems in the theory of probabilities of significance
 *   in automatic telephone exchanges”, 1917; recursion: D. L. Jagerman, Bell System Technical
 *   Journal 53 (1974), p. 525.
 */

/**
 * Probability that an arrival finds all servers busy and is lost (M/G/c/c). Depends on the service
 * law through its mean only.
 */
export function erlangB(servers: number, load: number): number {
  let blocked = 1;
  for (let server = 1; server <= servers; server++) {
    const carried = load * blocked;
    blocked = carried / (server + carried);
  }
  return blocked;
}

/** Probability that an arrival has to wait (M/M/c); 1 when the load saturates the servers. */
export function erlangC(servers: number, load: number): number {
  if (load >= servers) return 1;
  const blocked = erlangB(servers, load);
  return blocked / (1 - (load / servers) * (1 - blocked));
}
