/** A form that came to nothing, as it can be sent again. */
export interface KeptForm {
  /** Where it was sent to: a path of ours with its search. */
  action: string;
  entries: [name: string, value: string][];
}
