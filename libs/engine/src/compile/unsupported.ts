/** Valid on AWS, but not something this engine can do: refused when the machine is added. */
export class Unsupported extends Error {}
