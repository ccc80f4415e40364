export async function realSystemd(): Promise<string> {
  return ''
}
