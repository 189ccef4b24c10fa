namespace SafetyCampaign.Campaigns;

/// <summary>What schools are called where several stand together: by name; of one name, with the organization above.</summary>
public static class SchoolNames
{
    /// <summary>A name for each school, by <see cref="Organization.Id"/>.</summary>
    /// <param name="schools">The schools, with <see cref="Organization.Parent"/>; one may be there several times.</param>
    /// <param name="nameOf">What an organization is called in the reader's language.</param>
    public static IReadOnlyDictionary<int, string> Of(IEnumerable<Organization> schools, Func<Organization, string> nameOf)
    {
        var each = schools.DistinctBy(school => school.Id).ToList();
        var ofName = each.ToLookup(nameOf);
        return each.ToDictionary(school => school.Id, school => ofName[nameOf(school)].Count() > 1 && school.Parent is { } above
            ? $"{nameOf(school)} · {nameOf(above)}"
            : nameOf(school));
    }
}
