// Loaded before the Playground (node -r). It listens on every interface, has no option for that and asks nobody who
// they are, so it is kept on this machine here.
const net = require('node:net')

const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, { port, host: '127.0.0.1' }, rest.find((each) => typeof each === 'function'))
}
