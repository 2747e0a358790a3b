/**
 * Thrown when the store cannot be asked. Whether an act that was under way was done is then
 * unknown: the draft of the customer knows, when it can be asked again.
 */
export class Unavailable extends Error {
  constructor(options?: ErrorOptions) {
    super('the store does not answer', options)
  }
}
