/** Stands in for what tries again, in the Worker (scripts/bundle.ts): of us, nothing is tried twice (../bolt.ts). */

export class AbortError extends Error {
  readonly originalError: Error

  constructor(error: Error) {
    super(error.message)
    this.originalError = error
  }
}

export default async function once<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } catch (error) {
    throw error instanceof AbortError ? error.originalError : error
  }
}
