/** Runs wait most of the time: two dozen go side by side on two cores. */

export const SIDE_BY_SIDE = 24

/** The results in the order of the tasks. */
export async function inParallel<T>(tasks: readonly (() => Promise<T>)[], width: number): Promise<T[]> {
  const results: T[] = []
  let next = 0
  async function work(): Promise<void> {
    while (next < tasks.length) {
      const index = next++
      const task = tasks[index]
      if (task !== undefined) results[index] = await task()
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, tasks.length) }, work))
  return results
}
