namespace SafetyCampaign.Desk;

/// <summary>A page that an account may use from which a second factor is demanded, before it has one.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AllowBeforeSecondFactorAttribute : Attribute;
