using EncryptedPayloads;

return await CommandLine.RunAsync(args, (store, cancellationToken) => new RotationStory(store).RunAsync(cancellationToken));
