Console.Error.WriteLine("spanker-conformance: no command is built yet.");
return 2;
