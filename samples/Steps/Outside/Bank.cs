namespace Steps;

/// <summary>Stands in for a bank. It knows its charges by token, and charges a token once.</summary>
public sealed class Bank(Notebook charges, Accident accident)
{
    public string Charge(decimal amount, Guid token)
    {
        var charge = Name(token);
        if (charges.Lines.Contains(charge))
        {
            Console.WriteLine($"  the bank has {charge} already");
            return charge;
        }

        charges.Add(charge);
        Console.WriteLine($"  the bank charges {amount}: {charge}");
        accident.Strike(); // The money is gone, and the answer never arrives.
        return charge;
    }

    public string? Find(Guid token)
    {
        var found = charges.Lines.FirstOrDefault(charge => charge == Name(token));
        Console.WriteLine($"  the bank is asked for {Name(token)}: {(found is null ? "unknown" : "charged")}");
        return found;
    }

    private static string Name(Guid token) => $"charge-{token.ToString("N")[..8]}";
}
