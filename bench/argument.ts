/** A number from the command line: `--name=N`. */
export function argument(name: string, usual: number): number {
  const given = process.argv.find((each) => each.startsWith(`--${name}=`))?.split("=")[1];
  return given === undefined ? usual : Number(given);
}
