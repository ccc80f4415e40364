/** What a thread's incident can be asked, wherever it is kept. */

export interface Incident {
  forget(): Promise<void>
}
