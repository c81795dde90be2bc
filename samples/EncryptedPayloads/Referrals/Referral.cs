namespace EncryptedPayloads;

/// <summary>A patient is sent to a specialist. Nearly all of it is nobody's business.</summary>
/// <param name="Number">What the referral is called outside: no part of it may be a secret, since it is the run's id.</param>
/// <param name="Patient">Who.</param>
/// <param name="Findings">Why.</param>
public sealed record Referral(string Number, Patient Patient, string Findings);

/// <summary>The patient.</summary>
public sealed record Patient(string Name, string BornOn, string InsuranceNumber);

/// <summary>What the specialist gets to read.</summary>
public sealed record Letter(string Salutation, string Text);

/// <summary>When the patient is seen, and by whom.</summary>
public sealed record Appointment(string Specialist, string At);
