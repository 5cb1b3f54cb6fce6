/** A value that must not be printed: shown as dots wherever it ends up by mistake. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return '•••';
  }
  toJSON(): string {
    return '•••';
  }
}

/** Says which variable is wrong and what it should be. */
export class ConfigError extends Error {}
