namespace SafetyCampaign.Desk;

/// <summary>A page that an account may use whose password somebody else has made, before it is changed.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AllowBeforePasswordChangeAttribute : Attribute;
