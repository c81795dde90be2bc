using Durable.SoakTarget;
using Durable.Testing.History;

// Arguments: worker|client <folder> <name> <death> [<runs>]. A worker works the folder's store until it dies; a client starts runs until it dies, or until there are so many and all have ended.
string role = args[0], folder = args[1], name = args[2];
using var history = new HistoryWriter(name, new DeadlyStream(HistoryWriter.OpenFile(folder, name), Death.Parse(args[3])));
var place = new Workplace(folder, history);
if (role == "client")
    await new Client(place).RunAsync(int.Parse(args[4]));
else
    await Worker.RunAsync(place);
