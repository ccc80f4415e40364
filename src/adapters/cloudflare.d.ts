/** As much of the platform's own module as is used here. */

declare module 'cloudflare:workers' {
  interface SqlStorage {
    exec<Row extends Record<string, string | number | null>>(
      sql: string,
      ...values: readonly (string | number | null)[]
    ): { toArray(): Row[] }
  }

  interface DurableObjectState {
    readonly id: { toString(): string }
    readonly storage: {
      readonly sql: SqlStorage
      deleteAll(): Promise<void>
      getAlarm(): Promise<number | null>
      setAlarm(at: number): Promise<void>
      deleteAlarm(): Promise<void>
    }
  }

  /** Its public methods are what a stub of it can be asked. */
  export class DurableObject<Env = unknown> {
    protected readonly ctx: DurableObjectState
    protected readonly env: Env
    constructor(ctx: DurableObjectState, env: Env)
  }
}
