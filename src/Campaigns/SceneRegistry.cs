namespace SafetyCampaign.Campaigns;

/// <summary>All kinds of scenes that the program knows.</summary>
/// <typeparam name="T">How much of a descriptor the asker needs.</typeparam>
/// <param name="descriptors">One for each kind.</param>
/// <exception cref="ArgumentException">Two descriptors have the same kind.</exception>
public sealed class SceneRegistry<T>(IEnumerable<T> descriptors) where T : SceneDescriptor
{
    private readonly Dictionary<SceneKind, T> byKind = descriptors.ToDictionary(descriptor => descriptor.Kind);

    /// <summary>All descriptors, by the number of their kind.</summary>
    public IEnumerable<T> All => byKind.Values.OrderBy(descriptor => descriptor.Kind);

    /// <summary>The descriptor of a kind.</summary>
    /// <exception cref="KeyNotFoundException">No descriptor was registered for this kind.</exception>
    public T this[SceneKind kind] => byKind[kind];

    /// <summary>The descriptor of a <see cref="SceneDescriptor.Name"/>, in any case; null where there is none.</summary>
    public T? Find(string? name) =>
        byKind.Values.FirstOrDefault(descriptor => string.Equals(descriptor.Name, name, StringComparison.OrdinalIgnoreCase));
}
