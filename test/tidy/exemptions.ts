/** What a rule does not hold for: one file and one rule at a time, with the reason. */
export interface Exemption {
  readonly rule: string;
  readonly path: string;
  /** The message starts with this; so that the rest of the file stays under the rule. */
  readonly message: string;
  readonly reason: string;
}

export const EXEMPTIONS: readonly Exemption[] = [];
