/** Where in what is in order something begins to hold, without going through all that is before. */

/** The first index below `length` that `holds`, given that all after it do, too; `length` if none does. */
export function firstThat(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
