import net from 'node:net'

/**
 * A connection that sends what is written in one turn of the event loop in one piece: the
 * statements that a transaction sends ahead leave with one call of the operating system, and
 * arrive together.
 */
export function gatheringSocket(): net.Socket {
  const socket = new net.Socket()
  const write = socket.write.bind(socket)
  let isGathering = false
  const send = () => {
    isGathering = false
    socket.uncork()
  }
  const gather = ((...written: Parameters<typeof write>) => {
    if (!isGathering) {
      isGathering = true
      socket.cork()
      // After all that now waits to be run, and before the event loop looks for new events.
      process.nextTick(send)
    }
    return write(...written)
  }) as typeof write
  // Not before: `connect` puts the `write` of its own class back.
  socket.once('connect', () => {
    socket.write = gather
  })
  return socket
}
